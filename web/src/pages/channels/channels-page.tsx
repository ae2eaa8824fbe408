export function ChannelsPage() { return <p>…</p>; }
