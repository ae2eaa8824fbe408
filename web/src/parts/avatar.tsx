import { useEffect, useState } from "preact/hooks";

type Props = { url: string | null | undefined; name: string; size?: "small" | "large" };

/** The first letter of a channel's name in one of a few colours; its picture when it comes. */
export function Avatar({ url, name, size = "small" }: Props) {
  const [isMissing, setMissing] = useState(false);
  useEffect(() => setMissing(false), [url]);
  return (
    <span class={`avatar avatar-${size} avatar-${hue(name)}`} aria-hidden="true">
      {String.fromCodePoint(name.trim().codePointAt(0) ?? 0x3f)}
      {url && !isMissing && (
        <img
          src={url}
          alt=""
          loading="lazy"
          width="88"
          height="88"
          onError={() => setMissing(true)}
        />
      )}
    </span>
  );
}

const HUES = 6;

function hue(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return sum % HUES;
}
