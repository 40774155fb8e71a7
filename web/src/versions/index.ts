export { PublishButton } from "./PublishButton";
export { VersionsPage } from "./Page";
