// Which files may be sent: said before anything is uploaded.

import type { useT } from "../i18n/i18n";
import { complain } from "../ui";

export const PICTURES = ["image/jpeg", "image/png", "image/gif", "image/bmp"];
/** The server takes no more. */
const MOST_BYTES = 10 * 1024 * 1024;
const MB = 1024 * 1024;

/** Those that may be sent; of the others it is said why not. */
export function sendable(files: Iterable<File>, t: ReturnType<typeof useT>): File[] {
  return [...files].filter((file) => {
    if (!PICTURES.includes(file.type)) {
      complain(t("chat.input.notPicture"), t("chat.input.notPictureWhy", { name: file.name }));
      return false;
    }
    if (file.size > MOST_BYTES) {
      complain(t("chat.input.tooLarge"), t("chat.input.tooLargeWhy", { name: file.name, size: (file.size / MB).toFixed(1) }));
      return false;
    }
    return true;
  });
}
