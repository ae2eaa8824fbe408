/** Where something will be: of its size, so that nothing jumps when it comes. */
export function Skeleton({
  kind,
  rows = 1,
}: {
  kind: "chart" | "idea" | "row" | "video" | "wordmap" | "text" | "channel";
  rows?: number;
}) {
  return (
    <div class={`skeletons skeletons-${kind}`} aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} class={`skeleton skeleton-${kind}`} />
      ))}
    </div>
  );
}
