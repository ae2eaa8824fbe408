import { query } from "../../api/query";
import { useApi } from "../../api/use-api";
import { useWords } from "../../i18n/words";
import { Chips } from "../../parts/chips";
import { Notice } from "../../parts/notice";

/** Before a search: what others look for. */
export function Start() {
  const { keyword } = useWords();
  const top = useApi(query("/api/channel_analyze/", {}));
  const names = top.value?.flatMap((list) => list.keyword.map((one) => one.name)) ?? [];
  return (
    <Notice title={keyword.start} about={keyword.startAbout}>
      <div class="start-chips">
        {names.length > 0 && (
          <Chips label={keyword.trending} words={[...new Set(names)].map((name) => ({ name }))} />
        )}
      </div>
    </Notice>
  );
}
