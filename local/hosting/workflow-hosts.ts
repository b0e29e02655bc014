/** The hosts that `init` writes a workflow for, apart from the workflows: the command line loads no more than their names. */

export const WORKFLOW_HOSTS = ['github-pages', 's3', 'netlify', 'cloudflare-pages', 'aws'] as const;

export type WorkflowHost = (typeof WORKFLOW_HOSTS)[number];

export function isWorkflowHost(name: string): name is WorkflowHost {
  return WORKFLOW_HOSTS.some((known) => known === name);
}
