import type { components } from "../../api/schema";
import { useWords } from "../../i18n/words";
import { Card } from "../../parts/card";
import { KeywordList } from "../../parts/keyword-list";
import { to } from "../../router/addresses";
import { listOf, type Chosen } from "./chosen";

type Props = { lists: components["schemas"]["KeywordList"][]; chosen: Chosen };

export function TopLists({ lists, chosen }: Props) {
  const { home } = useWords();
  return (
    <div class="home-lists">
      {(["popular", "made"] as const).map((list) => (
        <Card key={list} title={home[list]} about={home[`${list}About`]} class={`list-${list}`}>
          <KeywordList
            keywords={listOf(lists, list)}
            tone={list}
            address={(name) => to.home(list, name)}
            chosen={list === chosen.list ? chosen.keyword : undefined}
          />
        </Card>
      ))}
    </div>
  );
}
