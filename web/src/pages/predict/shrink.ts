/** The types the API takes. */
export const PICTURES = ["image/jpeg", "image/png", "image/webp"];

/** Larger ones are made smaller: more than a thumbnail has would be sent for nothing. */
const WIDEST = 1280;
const LARGEST = 400_000;

/** A picture as a data URL that the API takes; throws if it is none. */
export async function shrink(file: Blob): Promise<string> {
  const picture = await createImageBitmap(file);
  if (PICTURES.includes(file.type) && picture.width <= WIDEST && file.size <= LARGEST) {
    return dataUrl(file);
  }
  const share = Math.min(WIDEST / picture.width, 1);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(Math.round(picture.width * share), 1);
  canvas.height = Math.max(Math.round(picture.height * share), 1);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.86);
}

function dataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error("unreadable"));
    reader.readAsDataURL(file);
  });
}
