import { useState } from "preact/hooks";
import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { Avatar } from "../../components/avatar";
import { Card } from "../../components/card";
import { ChannelPicker } from "../../components/channel-picker";
import { useSubscriberText } from "../../components/estimates";
import { QueryBoundary } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { useTranslations } from "../../i18n";
import { urls } from "../../router/urls";
import { setOwnChannel } from "../../session/session";

/** The account's own channel, which can be changed or removed. */
export function OwnChannel({ idx }: { idx: number | null }) {
  const { account: t, myChannel, states } = useTranslations();
  const [isSearching, setSearching] = useState(false);
  const [note, setNote] = useState("");
  const selectChannel = (selected: number | null) => {
    setNote("");
    setOwnChannel(selected).then(
      () => {
        setNote(t.saved);
        setSearching(false);
      },
      () => setNote(states.unavailable),
    );
  };
  return (
    <Card title={t.ownChannel} description={t.ownChannelDescription} class="card-wide">
      {idx === null ? <p>{t.noChannel}</p> : <ChannelLink idx={idx} />}
      <p class="own-channel-note" role="status">
        {note}
      </p>
      {idx !== null && !isSearching ? (
        <div class="account-actions">
          <button type="button" class="button button-quiet" onClick={() => setSearching(true)}>
            {t.changeChannel}
          </button>
          <button type="button" class="button button-quiet" onClick={() => selectChannel(null)}>
            {t.removeChannel}
          </button>
        </div>
      ) : (
        <ChannelPicker action={myChannel.choose} onSelect={selectChannel} />
      )}
    </Card>
  );
}

function ChannelLink({ idx }: { idx: number }) {
  const subscriberText = useSubscriberText();
  const result = useQuery(apiQuery("/api/youtuber_search/channel_list/{idx}/", { path: { idx } }));
  return (
    <QueryBoundary result={result} skeleton={<Skeleton kind="row" />}>
      {({ channelInfo: info }) => (
        <a class="video-channel" href={urls.channel(idx)} data-testid="own-channel">
          <Avatar url={info.thumbnail_url} name={info.channel_name ?? ""} />
          <span>
            <b>{info.channel_name}</b>
            <span class="meta">
              {subscriberText(Number(info.subscriber), info.subscriber_estimated)}
            </span>
          </span>
        </a>
      )}
    </QueryBoundary>
  );
}
