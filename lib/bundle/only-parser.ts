/** Stands for `htmlparser2` where sanitize-html asks for it: of all that the package has, it takes the parser. */

export { Parser } from 'htmlparser2';
