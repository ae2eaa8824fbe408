import type { components } from "../api/schema";
import { exact } from "../format/numbers";
import { useLanguage } from "../i18n/language";

type Keyword = components["schemas"]["KeywordValue"];

type Props = {
  keywords: Keyword[];
  tone: "popular" | "made";
  /** Where a click on a keyword leads. */
  address: (name: string) => string;
  chosen?: string | undefined;
};

/** Keywords by their rank, with a bar each. */
export function KeywordList({ keywords, tone, address, chosen }: Props) {
  const language = useLanguage();
  const most = Math.max(...keywords.map((keyword) => keyword.value), 1);
  return (
    <ol class={`keywords tone-${tone}`}>
      {keywords.map(({ name, value }, place) => (
        <li key={name}>
          <a
            class="keyword"
            href={address(name)}
            aria-current={name === chosen ? "true" : undefined}
          >
            <span class="keyword-rank" aria-hidden="true">
              {place + 1}
            </span>
            <span class="keyword-name">{name}</span>
            <span class="keyword-value">{exact(value, language)}</span>
            <span class="keyword-bar" style={{ "--share": value / most }} />
          </a>
        </li>
      ))}
    </ol>
  );
}
