import { useEffect } from "preact/hooks";
import { useTranslations } from "./i18n";
import { Header } from "./layout/header";
import { TabBar } from "./layout/navigation";
import { Routes } from "./router/routes";
import { refreshAccount, useSession } from "./session/session";

export function App() {
  const t = useTranslations();
  const { status } = useSession();
  useEffect(() => {
    // Verifies the stored token. Other errors do not end the session.
    if (status === "authenticated") refreshAccount().catch(() => undefined);
  }, [status]);
  return (
    <>
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <Routes />
      </main>
      <TabBar />
    </>
  );
}
