import { useState } from "preact/hooks";

type Props = { url: string | null | undefined; name: string; size?: "small" | "large" };

/** A channel's image over a colored initial, which remains if the image fails to load. */
export function Avatar({ url, name, size = "small" }: Props) {
  const [failedUrl, setFailedUrl] = useState<string>();
  return (
    <span class={`avatar avatar-${size} avatar-${hueOf(name)}`} aria-hidden="true">
      {String.fromCodePoint(name.trim().codePointAt(0) ?? 0x3f)}
      {url && url !== failedUrl && (
        <img
          src={url}
          alt=""
          loading="lazy"
          width="88"
          height="88"
          onError={() => setFailedUrl(url)}
        />
      )}
    </span>
  );
}

const HUE_COUNT = 6;

function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return hash % HUE_COUNT;
}
