export function KeywordPage() { return <p>…</p>; }
