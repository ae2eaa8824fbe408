import { useState } from "preact/hooks";
import type { components } from "../../api/schema";
import { Card } from "../../components/card";
import { QueryBoundary } from "../../components/query-boundary";
import { SecretText } from "../../components/secret-text";
import { Skeleton } from "../../components/skeleton";
import { withQuery } from "../../api/query";
import { useLanguage, useTranslations } from "../../i18n";
import { fetchAuthenticated } from "../../session/session";
import { useAuthenticated } from "../../session/use-authenticated";

type Feed = components["schemas"]["FeedResponse"];
type NewFeed = components["schemas"]["NewFeedResponse"];

/** Creates and revokes the secret URL of the Atom feed. */
export function FeedCard() {
  const { feed: t, states } = useTranslations();
  const language = useLanguage();
  const result = useAuthenticated<Feed>("me/feed");
  const [url, setUrl] = useState<string>();
  const [error, setError] = useState("");
  const run = (change: Promise<NewFeed | undefined>) => {
    setError("");
    change.then(
      (created) => {
        setUrl(created?.url);
        result.retry();
      },
      () => setError(states.unavailable),
    );
  };
  const create = () => run(fetchAuthenticated<NewFeed>("me/feed", "POST"));
  const revoke = () => {
    if (confirm(t.confirmRevoke)) run(fetchAuthenticated<undefined>("me/feed", "DELETE"));
  };
  return (
    <Card title={t.title} description={t.description}>
      <QueryBoundary result={result} skeleton={<Skeleton kind="row" />}>
        {({ created_at: createdAt }) => (
          <>
            {url && (
              <SecretText
                label={t.url}
                secret={language === "en" ? withQuery(url, { lang: "en" }) : url}
              />
            )}
            <p>{createdAt ? t.exists : t.none}</p>
            <div class="account-actions">
              <button type="button" class="button button-quiet" onClick={create}>
                {createdAt ? t.renew : t.create}
              </button>
              {createdAt && (
                <button type="button" class="button button-quiet" onClick={revoke}>
                  {t.revoke}
                </button>
              )}
            </div>
          </>
        )}
      </QueryBoundary>
      <p class="field-error" role="alert">
        {error}
      </p>
    </Card>
  );
}
