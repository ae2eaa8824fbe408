import { useWords } from "../i18n/words";

/** Says that what is shown is old. `age` in seconds, where it is known. */
export function StaleNote({ age }: { age: number | null }) {
  const { states } = useWords();
  return (
    <p class="stale-note" role="status" data-testid="stale">
      {age === null ? states.down : states.stale(ago(age, states))}
    </p>
  );
}

type Ago = { seconds: Count; minutes: Count; hours: Count };
type Count = (n: number) => string;

function ago(age: number, words: Ago): string {
  if (age < 60) return words.seconds(Math.round(age));
  if (age < 3600) return words.minutes(Math.floor(age / 60));
  return words.hours(Math.floor(age / 3600));
}
