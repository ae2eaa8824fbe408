import { useState } from "preact/hooks";
import { Page } from "../../components/page";
import { ErrorMessage } from "../../components/query-boundary";
import { Skeleton } from "../../components/skeleton";
import { useTranslations } from "../../i18n";
import { logOut, logOutEverywhere, useSession } from "../../session/session";
import { useAccount } from "../../session/use-authenticated";
import { urls } from "../../router/urls";
import { OwnData, PasswordForm } from "./account-data";
import { ApiKeys } from "./api-keys";
import { LoginForm } from "./login-form";
import { OwnChannel } from "./own-channel";

export function AccountPage() {
  const { account: t } = useTranslations();
  const session = useSession();
  const isAuthenticated = session.status === "authenticated";
  const name = isAuthenticated ? session.account?.username : undefined;
  return (
    <Page heading={name ? t.hello(name) : t.title} title={t.title}>
      {isAuthenticated ? <AccountDetails /> : <LoginForm />}
    </Page>
  );
}

function AccountDetails() {
  const { account: t, watchlist } = useTranslations();
  const { account, error, retry } = useAccount();
  const [isLogoutFailed, setLogoutFailed] = useState(false);
  const handleLogout = () => {
    logOut().catch(() => undefined);
  };
  const handleLogoutEverywhere = () => {
    setLogoutFailed(false);
    logOutEverywhere().catch(() => setLogoutFailed(true));
  };
  return (
    <div class="account">
      {account ? (
        <OwnChannel idx={account.userinfo.own_channel ?? null} />
      ) : error ? (
        <ErrorMessage error={error} retry={retry} />
      ) : (
        <Skeleton kind="channel" />
      )}
      <div class="account-actions">
        <a class="button button-quiet" href={urls.watchlist()}>
          {watchlist.title}
        </a>
        <button type="button" class="button button-quiet" onClick={handleLogout}>
          {t.logout}
        </button>
        <button type="button" class="button button-quiet" onClick={handleLogoutEverywhere}>
          {t.logoutAll}
        </button>
      </div>
      {isLogoutFailed && <p role="alert">{t.logoutAllFailed}</p>}
      <ApiKeys />
      <PasswordForm />
      <OwnData />
    </div>
  );
}
