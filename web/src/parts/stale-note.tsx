import { useWords } from "../i18n/words";

/** The gateway gives what it has kept without saying how old it is: an age below is none. */
const LEAST = 60;

/** Says that what is shown is old. `age` in seconds, where it is known. */
export function StaleNote({ age }: { age: number | null }) {
  const { states } = useWords();
  return (
    <p class="stale-note" role="status" data-testid="stale">
      {age === null ? states.down : age < LEAST ? states.staleSome : states.stale(ago(age, states))}
    </p>
  );
}

type Ago = { minutes: Count; hours: Count };
type Count = (n: number) => string;

function ago(age: number, words: Ago): string {
  if (age < 3600) return words.minutes(Math.floor(age / 60));
  return words.hours(Math.floor(age / 3600));
}
