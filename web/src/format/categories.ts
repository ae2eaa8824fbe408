/** YouTube's categories of uploads; it has others for films and shows. */
const UPLOADS = [1, 2, 10, 15, 17, 19, 20, 22, 23, 24, 25, 26, 27, 28, 29] as const;

export function isUploadCategory(category: number): boolean {
  return UPLOADS.some((upload) => upload === category);
}

/** Values and names for a select, sorted by name; `selected` may be another category. */
export function categoryOptions(
  names: Record<(typeof UPLOADS)[number], string> & Partial<Record<number, string>>,
  selected = "",
): [value: string, name: string][] {
  const options = UPLOADS.map((category): [string, string] => [String(category), names[category]]);
  if (selected !== "" && !isUploadCategory(Number(selected))) {
    options.push([selected, names[Number(selected)] ?? selected]);
  }
  return options.sort(([, a], [, b]) => a.localeCompare(b));
}
