import { useState } from "preact/hooks";
import { useWords } from "../../i18n/words";
import { Card } from "../../parts/card";
import { chooseChannel } from "../../session/session";
import { ChannelFinder } from "./channel-finder";
import { OwnChannel } from "./own-channel";

/** The channel that is one's own, and how to choose another. */
export function MyChannel({ own }: { own: number | null }) {
  const { account: words, states } = useWords();
  const [isFinding, setFinding] = useState(false);
  const [note, setNote] = useState("");
  const choose = (idx: number | null) => {
    setNote("");
    chooseChannel(idx).then(
      () => {
        setNote(words.saved);
        setFinding(false);
      },
      () => setNote(states.down),
    );
  };
  return (
    <Card title={words.myChannel} about={words.why}>
      {own === null ? <p>{words.noChannel}</p> : <OwnChannel idx={own} />}
      <p class="my-channel-note" role="status">
        {note}
      </p>
      {own !== null && !isFinding ? (
        <div class="my-account-ends">
          <button type="button" class="button button-quiet" onClick={() => setFinding(true)}>
            {words.changeChannel}
          </button>
          <button type="button" class="button button-quiet" onClick={() => choose(null)}>
            {words.removeChannel}
          </button>
        </div>
      ) : (
        <ChannelFinder choose={choose} />
      )}
    </Card>
  );
}
