// Which files may be sent: said before anything is uploaded.

import type { useT } from "../i18n/i18n";
import { complain } from "../ui";

const PICTURES = ["image/jpeg", "image/png", "image/gif", "image/bmp"];
const DOCUMENTS = ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx"];
/** For the button that chooses files. */
export const ACCEPTED = [...PICTURES, ...DOCUMENTS.map((ending) => `.${ending}`)].join(",");
/** The server takes no more. */
const MOST_BYTES = 10 * 1024 * 1024;
const MB = 1024 * 1024;

/** Is it drawn in the conversation? Else it is a link. */
export function isPicture(file: Pick<File, "type">): boolean {
  return PICTURES.includes(file.type);
}

/** By its name: what browsers say of documents differs from one machine to the other. */
export function isDocument(file: Pick<File, "name">): boolean {
  return DOCUMENTS.includes(file.name.split(".").at(-1)?.toLowerCase() ?? "");
}

/** Those that may be sent; of the others it is said why not. */
export function sendable(files: Iterable<File>, t: ReturnType<typeof useT>): File[] {
  return [...files].filter((file) => {
    if (!isPicture(file) && !isDocument(file)) {
      complain(t("chat.input.notSendable"), t("chat.input.notSendableWhy", { name: file.name }));
      return false;
    }
    if (file.size > MOST_BYTES) {
      complain(t("chat.input.tooLarge"), t("chat.input.tooLargeWhy", { name: file.name, size: (file.size / MB).toFixed(1) }));
      return false;
    }
    return true;
  });
}
