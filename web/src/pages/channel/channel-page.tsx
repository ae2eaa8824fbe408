export function ChannelPage({ idx }: { idx: number }) { return <p>{idx}</p>; }
