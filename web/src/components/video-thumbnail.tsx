import { useEffect, useState } from "preact/hooks";

type Props = { url: string | null | undefined; size?: "small" | "large" };

/** A decorative 16:9 thumbnail, or a placeholder if there is no image or it fails to load. */
export function VideoThumbnail({ url, size = "small" }: Props) {
  const [hasFailed, setFailed] = useState(false);
  const src = url ? mediumQuality(url) : undefined;
  useEffect(() => setFailed(false), [src]);
  const isPlaceholder = !src || hasFailed;
  return (
    <span
      class={`video-thumbnail video-thumbnail-${size}`}
      data-placeholder={isPlaceholder ? "" : undefined}
    >
      {!isPlaceholder && (
        <img
          src={src}
          alt=""
          loading={size === "large" ? "eager" : "lazy"}
          decoding="async"
          width="320"
          height="180"
          onError={() => setFailed(true)}
        />
      )}
    </span>
  );
}

/** YouTube's `default.jpg` is 120 pixels wide and 4:3, `mqdefault.jpg` 320 and 16:9. */
function mediumQuality(url: string): string {
  return url.replace(/^(https:\/\/i\.ytimg\.com\/vi\/[^/]+\/)default\.jpg$/, "$1mqdefault.jpg");
}
