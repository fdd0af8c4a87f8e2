import type { FitterFacts, SettingSchema } from '../src/browser/fitter-facts.ts';
import type { Form, Session } from './session.ts';

/** A field per setting of a fitter, from the JSON Schema of its settings. */
export function SettingsForm(props: { session: Session; fitter: FitterFacts; form: Form }) {
  const { session, fitter, form } = props;
  const settings = Object.entries(fitter.settings.properties ?? {});
  const given = form.settings[fitter.name] ?? {};
  const set = (key: string, value: string) => {
    const { [key]: before, ...others } = given;
    const isDefault = value === '' || value === text(fitter.settings.properties?.[key]?.default);
    if (isDefault && before === undefined) return;
    session.fill({
      settings: { ...form.settings, [fitter.name]: isDefault ? others : { ...others, [key]: value } },
    });
  };
  const needsTissue = fitter.needs.includes('tissue') || given['prior'] === 'tissue';
  const changed = Object.keys(given).length;
  return (
    <details class="settings" open={needsTissue || undefined}>
      <summary>
        {settings.length > 0 ? 'Settings and source' : 'Source'}
        {changed > 0 ? ` (${changed} changed)` : ''}
      </summary>
      <p class="note source">{fitter.source}</p>
      {needsTissue && (
        <label class="field">
          <span>Distribution of the tissue</span>
          <textarea
            name="tissue"
            rows={3}
            spellcheck={false}
            value={form.tissue}
            onInput={({ currentTarget }) => session.fill({ tissue: currentTarget.value })}
          />
        </label>
      )}
      {settings.map(([key, schema]) => (
        <div class="field" key={`${fitter.name}.${key}`}>
          <label for={`set-${key}`}>{key}</label>
          <Field
            id={`set-${key}`}
            schema={schema}
            value={given[key] ?? text(schema.default)}
            change={(value) => set(key, value)}
          />
          {schema.description && (
            <p class="note" id={`set-${key}-note`}>
              {schema.description.replaceAll('`', '')}
            </p>
          )}
        </div>
      ))}
    </details>
  );
}

interface FieldProps {
  readonly id: string;
  readonly schema: SettingSchema;
  readonly value: string;
  readonly change: (value: string) => void;
}

function Field({ id, schema, value, change }: FieldProps) {
  const shared = { id, name: id, ...(schema.description ? { 'aria-describedby': `${id}-note` } : {}) };
  const options = schema.enum ?? (schema.type === 'boolean' ? ['true', 'false'] : undefined);
  if (options) {
    return (
      <select {...shared} value={value} onChange={({ currentTarget }) => change(currentTarget.value)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    );
  }
  const isNumber = schema.type === 'number' || schema.type === 'integer';
  const typed = {
    ...shared,
    value,
    onChange: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
      change(currentTarget.value),
  };
  if (!isNumber) return <input {...typed} type="text" spellcheck={false} />;
  return (
    <input
      {...typed}
      type="number"
      step={schema.type === 'integer' ? 1 : 'any'}
      min={limit(schema.minimum) ? schema.minimum : undefined}
      max={limit(schema.maximum) ? schema.maximum : undefined}
    />
  );
}

/** A setting as it is written in YAML. */
function text(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Integers have the limits of the format, which are no advice. */
const limit = (value: number | undefined): boolean =>
  value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
