/** A feed reader, as a trial uses it. */

/** An entry as the program shows it now. */
export interface SeenEntry {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  /** Seconds since 1970; null where it is not told. */
  readonly published: number | null;
  readonly text: string;
  /** Names; absent where it is not told. */
  readonly author?: string;
  /** Addresses of sounds, films and pictures beside the text; absent where they are not told. */
  readonly files?: readonly string[];
  /** Whether it is shown as one that was not read yet. */
  readonly isNew: boolean;
}

export interface Subscriber {
  readonly name: string;
  /** That was measured. */
  readonly version: string;
  /** Whether what it shows was handed out once and for all, as mails are: then only what is new is given. */
  readonly isMail?: boolean;
  /** Reloads, the first time subscribes; null where the program is not there or fails. */
  readonly reload: (folder: string, address: string) => Promise<readonly SeenEntry[] | null>;
  /** Ends what went on between reloads. */
  readonly end?: (folder: string) => Promise<void>;
}
