import { useEffect, useState } from "preact/hooks";

type Props = { url: string | null | undefined; class?: string };

/**
 * A video's thumbnail: 16 to 9, whatever comes. Beside it stands the title, so that it has
 * no text of its own. Without a picture, or while the host is not reached, a quiet shape.
 */
export function Picture({ url, class: name = "" }: Props) {
  const [isMissing, setMissing] = useState(false);
  const wanted = url ? larger(url) : undefined;
  useEffect(() => setMissing(false), [wanted]);
  return (
    <span class={`picture ${name}`} data-missing={!wanted || isMissing ? "" : undefined}>
      {wanted && !isMissing && (
        <img
          src={wanted}
          alt=""
          loading="lazy"
          decoding="async"
          width="320"
          height="180"
          onError={() => setMissing(true)}
        />
      )}
    </span>
  );
}

/** YouTube's `default.jpg` is 120 pixels wide; `mqdefault.jpg` is 320, and 16 to 9. */
function larger(url: string): string {
  return url.replace(/^(https:\/\/i\.ytimg\.com\/vi\/[^/]+\/)default\.jpg$/, "$1mqdefault.jpg");
}
