;; elfeed as somebody uses it: subscribes, updates, prints what there is, and takes it for read.
;; Arguments: the folder of its database, the address. Standard output: a JSON list of {"id", "title", "link", "published",
;; "text", "author", "files", "isNew"}.
(require 'json)
(require 'elfeed)

(defconst seconds-max 30)

(setq elfeed-db-directory (pop command-line-args-left)
      elfeed-feeds (list (pop command-line-args-left))
      elfeed-use-curl t
      elfeed-log-level 'error)

(elfeed-db-load)
(elfeed-update)
(let ((end (+ (float-time) seconds-max)))
  (while (and (> (elfeed-queue-count-total) 0) (< (float-time) end))
    (accept-process-output nil 0.1)))

(let (shown)
  (with-elfeed-db-visit (entry _)
    (push (list (cons 'id (cdr (elfeed-entry-id entry)))
                (cons 'title (or (elfeed-entry-title entry) ""))
                (cons 'link (or (elfeed-entry-link entry) ""))
                (cons 'published (elfeed-entry-date entry))
                (cons 'text (or (elfeed-deref (elfeed-entry-content entry)) ""))
                (cons 'author (mapconcat (lambda (author) (or (plist-get author :name) ""))
                                         (elfeed-meta entry :authors) ", "))
                (cons 'files (vconcat (mapcar #'car (elfeed-entry-enclosures entry))))
                (cons 'isNew (if (elfeed-tagged-p 'unread entry) t :json-false)))
          shown))
  (princ (json-encode (vconcat shown))))

(with-elfeed-db-visit (entry _) (elfeed-untag entry 'unread))
(elfeed-db-save)
