export function PredictPage() { return <p>…</p>; }
