/** YouTube's categories of uploads; it has others for films and shows. */
const UPLOADS = [1, 2, 10, 15, 17, 19, 20, 22, 23, 24, 25, 26, 27, 28, 29] as const;

/** Values and names for a select, sorted by name. */
export function categoryOptions(
  names: Record<(typeof UPLOADS)[number], string>,
): [value: string, name: string][] {
  const options = UPLOADS.map((category): [string, string] => [String(category), names[category]]);
  return options.sort(([, a], [, b]) => a.localeCompare(b));
}
