import { useState } from "preact/hooks";
import { Card } from "../../components/card";
import { SelectField } from "../../components/select-field";
import { categoryOptions } from "../../format/categories";
import { useTranslations } from "../../i18n";
import { navigate } from "../../router/location";
import { urls } from "../../router/urls";
import { SubscriberForm } from "../videos/subscriber-form";

/** Finds rising keywords among channels of a size, for a category. */
export function PlanForm() {
  const { categories, filters, plan: t } = useTranslations();
  const [category, setCategory] = useState("");
  return (
    <Card title={t.title} description={t.description} class="home-section">
      <SubscriberForm
        class="plan-form"
        label={t.title}
        onSubmit={(subscribers) =>
          navigate(urls.rising({ subscribers, category: Number(category) || undefined }))
        }
      >
        <SelectField
          label={filters.category}
          value={category}
          options={[["", filters.allCategories], ...categoryOptions(categories)]}
          onChange={setCategory}
        />
        <button type="submit" class="button">
          {t.submit}
        </button>
      </SubscriberForm>
    </Card>
  );
}
