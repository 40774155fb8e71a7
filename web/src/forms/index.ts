// The forms of the editor's right pane. Heavy parts (the code editor) are loaded when they are wanted.

export { EdgeForm } from "./EdgeForm";
export { NodeForm } from "./NodeForm";
export { flushFields } from "./live";
export { setExample } from "./example";
