import { useState } from "preact/hooks";

type Props = { url: string | null | undefined; size?: "small" | "large" };

/** A decorative 16:9 thumbnail, or a placeholder if there is no image or it fails to load. */
export function VideoThumbnail({ url, size = "small" }: Props) {
  const [failedSrc, setFailedSrc] = useState<string>();
  const src = url ? mediumQuality(url) : undefined;
  const isPlaceholder = !src || src === failedSrc;
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
          onError={() => setFailedSrc(src)}
        />
      )}
    </span>
  );
}

/** YouTube's `default.jpg` is 120 pixels wide and 4:3, `mqdefault.jpg` 320 and 16:9. */
function mediumQuality(url: string): string {
  return url.replace(/^(https:\/\/i\.ytimg\.com\/vi\/[^/]+\/)default\.jpg$/, "$1mqdefault.jpg");
}
