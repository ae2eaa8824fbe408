import { useState } from "preact/hooks";
import { Card } from "../../components/card";
import { SelectField } from "../../components/select-field";
import { TextField } from "../../components/text-field";
import { categoryOptions } from "../../format/categories";
import { useTranslations } from "../../i18n";
import { navigate } from "../../router/location";
import { urls } from "../../router/urls";
import { safeLocalStorage } from "../../storage";
import { parseCount } from "../videos/video-filters";

/** Finds rising keywords among channels of a size, for a category. */
export function PlanForm() {
  const { categories, filters, plan: t } = useTranslations();
  const [size, setSize] = useState(() => safeLocalStorage.read("subscribers") ?? "");
  const [category, setCategory] = useState("");
  const [isInvalid, setInvalid] = useState(false);
  return (
    <Card title={t.title} description={t.description} class="home-section">
      <form
        class="plan-form"
        aria-label={t.title}
        onSubmit={(event) => {
          event.preventDefault();
          const subscribers = parseCount(size);
          setInvalid(subscribers === undefined);
          if (subscribers === undefined) return;
          safeLocalStorage.write("subscribers", String(subscribers));
          navigate(urls.rising({ subscribers, category: Number(category) || undefined }));
        }}
      >
        <TextField
          label={filters.size}
          value={size}
          onChange={setSize}
          inputMode="numeric"
          placeholder={filters.sizePlaceholder}
          error={isInvalid ? filters.sizeInvalid : undefined}
          maxLength={12}
        />
        <SelectField
          label={filters.category}
          value={category}
          options={[["", filters.allCategories], ...categoryOptions(categories)]}
          onChange={setCategory}
        />
        <button type="submit" class="button">
          {t.submit}
        </button>
      </form>
    </Card>
  );
}
