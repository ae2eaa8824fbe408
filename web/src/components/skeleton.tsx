/** A loading placeholder with the size of its content, which avoids layout shift. */
export function Skeleton({
  kind,
  rows = 1,
}: {
  kind:
    | "chart"
    | "recommendation"
    | "row"
    | "video"
    | "wordmap"
    | "text"
    | "channel"
    | "figure"
    | "stat";
  rows?: number;
}) {
  return (
    <div class={`skeletons skeletons-${kind}`} aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} class={`skeleton skeleton-${kind}`} />
      ))}
    </div>
  );
}
