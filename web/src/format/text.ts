/**
 * Whether nothing of a text is visible: white space, control characters, and characters such as
 * zero-width spaces.
 */
export function isBlank(text: string): boolean {
  return /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text);
}
