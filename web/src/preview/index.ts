export { PublishButton } from "../versions/PublishButton";
export { Preview } from "./Preview";
