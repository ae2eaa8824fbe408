export function VideoPage({ idx }: { idx: number }) { return <p>{idx}</p>; }
