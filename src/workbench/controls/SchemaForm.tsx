import { Button, Collapse, Select, Switch } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { memo } from "react";
import type { ParameterValue } from "../../domain/recording.ts";
import type { Field, Schema } from "../../domain/schema.ts";
import classes from "./controls.module.css";
import { NumberRow } from "./NumberRow.tsx";
import { ProvenanceMark } from "./ProvenanceMark.tsx";

export interface SchemaFormProps {
  readonly schema: Schema;
  /** A hook that follows one field: its value where it differs from the default. Only that row renders when it changes. */
  useOverride(name: string): ParameterValue | undefined;
  readonly section: string;
  /** Whether the folded fields can be unfolded at all. */
  readonly showAdvanced: boolean;
  /** Words on the button that unfolds them. */
  readonly advancedTitle: string;
  onChange(name: string, value: ParameterValue): void;
  onReset(name: string): void;
}

/** The form of one section of a schema: a row a field, the advanced ones folded away. */
export const SchemaForm = memo(function SchemaForm(props: SchemaFormProps) {
  const { schema, section, showAdvanced, advancedTitle } = props;
  const [open, { toggle }] = useDisclosure(false);
  const fields = Object.entries(schema).filter(([, field]) => field.section === section);
  const plain = fields.filter(([, field]) => field.advanced !== true);
  const advanced = fields.filter(([, field]) => field.advanced === true);
  return (
    <>
      {plain.map(([name, field]) => (
        <FieldRow key={name} name={name} field={field} form={props} />
      ))}
      {showAdvanced && advanced.length > 0 && (
        <>
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            aria-expanded={open}
            onClick={toggle}
            rightSection={<IconChevronDown size={14} className={open ? classes.flipped : ""} />}
          >
            {advancedTitle}
            <span className="visuallyHidden"> of {section}</span>
          </Button>
          <Collapse expanded={open} transitionDuration={120}>
            {open &&
              advanced.map(([name, field]) => <FieldRow key={name} name={name} field={field} form={props} />)}
          </Collapse>
        </>
      )}
    </>
  );
});

function FieldRow({ name, field, form }: { name: string; field: Field; form: SchemaFormProps }) {
  const value = form.useOverride(name) ?? field.default;
  if (field.kind === "number") {
    return (
      <NumberRow
        name={name}
        field={field}
        value={Number(value)}
        accessibleName={`${field.section} ${field.label.toLowerCase()}`}
        onChange={form.onChange}
        onReset={form.onReset}
      />
    );
  }
  if (field.kind === "switch") {
    return (
      <div className={classes.choice} data-parameter={name}>
        <Switch
          size="xs"
          label={field.label}
          description={field.description}
          checked={value === true}
          onChange={(event) => form.onChange(name, event.currentTarget.checked)}
        />
        <ProvenanceMark provenance={field.provenance} />
      </div>
    );
  }
  return (
    <div className={classes.choice} data-parameter={name}>
      <Select
        size="xs"
        allowDeselect={false}
        label={field.label}
        description={field.description}
        data={[...field.options]}
        value={String(value)}
        onChange={(next) => next !== null && form.onChange(name, next)}
        comboboxProps={{ withinPortal: true }}
        flex={1}
      />
      <ProvenanceMark provenance={field.provenance} />
    </div>
  );
}
