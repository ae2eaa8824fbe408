import { Page } from "../../components/page";
import { Skeleton } from "../../components/skeleton";
import { useTranslations } from "../../i18n";
import { logOut, useSession, type Account } from "../../session/session";
import { LoginForm } from "./login-form";
import { OwnChannel } from "./own-channel";

export function AccountPage() {
  const { account: t } = useTranslations();
  const session = useSession();
  const isAuthenticated = session.status === "authenticated";
  const name = isAuthenticated ? session.account?.username : undefined;
  return (
    <Page heading={name ? t.hello(name) : t.title} title={t.title}>
      {isAuthenticated ? <AccountDetails account={session.account} /> : <LoginForm />}
    </Page>
  );
}

function AccountDetails({ account }: { account: Account | undefined }) {
  const { account: t } = useTranslations();
  const handleLogout = (everywhere: boolean) => () => {
    // The local session ends even if the request fails.
    logOut({ everywhere }).catch(() => undefined);
  };
  return (
    <div class="account">
      {account ? (
        <OwnChannel idx={account.userinfo.own_channel ?? null} />
      ) : (
        <Skeleton kind="channel" />
      )}
      <div class="account-actions">
        <button type="button" class="button button-quiet" onClick={handleLogout(false)}>
          {t.logout}
        </button>
        <button type="button" class="button button-quiet" onClick={handleLogout(true)}>
          {t.logoutAll}
        </button>
      </div>
    </div>
  );
}
