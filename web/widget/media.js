// @ts-check
/** Pictures that a visitor sends: what the server does not read is drawn anew here, and what is too large is made smaller. */

/** The largest picture that the server takes. */
const MAX_BYTES = 10 * 1024 * 1024;
/** What it reads. */
const TAKEN = ["image/jpeg", "image/png", "image/gif", "image/bmp"];
/** The longer side of a picture that is made smaller. */
const LONGER_SIDE = 2560;

/** A picture that can be sent; nothing where it is none. @param {Blob} file @returns {Promise<Blob | undefined>} */
export const prepared = async (file) => {
  if (!file.type.startsWith("image/") || file.type === "image/svg+xml") return undefined;
  if (TAKEN.includes(file.type) && file.size <= MAX_BYTES) return file;
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return undefined;
  }
  const scale = Math.min(1, LONGER_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  if (!pen) return undefined;
  // A JPEG has no holes.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  return drawn && drawn.size <= MAX_BYTES ? drawn : undefined;
};

/** A picture of a `data:` address, as a page may hand it over. @param {string} address @returns {Blob | undefined} */
export const fromAddress = (address) => {
  const found = /^data:(image\/[a-z+]+);base64,([\w+/=]+)$/iu.exec(address);
  if (!found) return undefined;
  try {
    const bytes = Uint8Array.from(atob(found[2] ?? ""), (letter) => letter.charCodeAt(0));
    return new Blob([bytes], { type: (found[1] ?? "").toLowerCase() });
  } catch {
    return undefined;
  }
};
