export { RecordDialog } from "./Record";
export { TestsPage } from "./Page";
