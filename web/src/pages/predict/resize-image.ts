/** Image types that the API accepts. */
export const IMAGE_TYPES = ["image/jpeg", "image/png", "image/webp"];

/** In pixels. */
const MAX_WIDTH = 1280;
const MAX_BYTES = 400_000;

/**
 * Returns an image as a data URL, scaled down and re-encoded as JPEG if it is too large or of
 * another type. Rejects if the browser cannot decode it.
 */
export async function resizeImage(file: Blob): Promise<string> {
  const image = await createImageBitmap(file);
  if (IMAGE_TYPES.includes(file.type) && image.width <= MAX_WIDTH && file.size <= MAX_BYTES) {
    return toDataUrl(file);
  }
  const scale = Math.min(MAX_WIDTH / image.width, 1);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(Math.round(image.width * scale), 1);
  canvas.height = Math.max(Math.round(image.height * scale), 1);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no 2d context");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.86);
}

function toDataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error("cannot read the file"));
    reader.readAsDataURL(file);
  });
}
