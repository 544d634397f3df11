import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import {
  Button as AriaButton,
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
  Select as AriaSelect,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  SelectValue,
  Text,
} from "react-aria-components";
import { classNames } from "./class-names.ts";
import { type SelectOption, SelectOptions } from "./select-options.tsx";

const CONTROL = classNames(
  "w-full rounded-lg border border-line-strong bg-surface text-ink placeholder:text-ink-faint",
  "data-hovered:border-ink-soft data-invalid:border-danger data-disabled:opacity-60",
  "focus:outline-2 focus:outline-offset-1 focus:outline-accent",
);

interface FieldWords {
  label: ReactNode;
  /** What to type, under the label. */
  description?: ReactNode;
  /** Why the value is refused; also marks the field as invalid. */
  error?: ReactNode;
  /** The label is read out and not seen: for a filter whose value says what it is. */
  isLabelHidden?: boolean;
  className?: string;
}

/** The words around any control. Used by the fields below; use it for a control of your own inside a RAC field. */
export function Field({
  label,
  description,
  error,
  isLabelHidden,
  className,
  children,
}: FieldWords & { children: ReactNode }) {
  return (
    <div className={classNames("flex flex-col", !isLabelHidden && "gap-1.5", className)}>
      <FieldLabel label={label} description={description} isLabelHidden={isLabelHidden} />
      {children}
      <FieldProblem error={error} />
    </div>
  );
}

function FieldLabel({ label, description, isLabelHidden }: FieldWords) {
  return (
    <div className={isLabelHidden && !description ? "sr-only" : undefined}>
      <Label className={isLabelHidden ? "sr-only" : "text-[0.933rem] font-medium"}>{label}</Label>
      {description ? (
        <Text slot="description" className="block text-[0.867rem] text-ink-faint">
          {description}
        </Text>
      ) : null}
    </div>
  );
}

function FieldProblem({ error }: { error?: ReactNode }) {
  return <FieldError className="text-[0.867rem] text-danger">{error}</FieldError>;
}

export type TextFieldProps = Omit<AriaTextFieldProps, "className" | "children" | "style"> &
  FieldWords & { placeholder?: string; mono?: boolean; "data-testid"?: string };

/** One line of text. Set `type` for e-mail, password, number or date-time. */
export function TextField({
  label,
  description,
  error,
  className,
  placeholder,
  mono,
  ...rest
}: TextFieldProps) {
  const { "data-testid": testId, ...field } = rest;
  return (
    <AriaTextField {...field} isInvalid={rest.isInvalid || Boolean(error)}>
      <Field label={label} description={description} error={error} className={className}>
        <Input
          placeholder={placeholder}
          data-testid={testId}
          className={classNames(CONTROL, "h-10 px-3", mono && "font-mono text-[0.9rem]")}
        />
      </Field>
    </AriaTextField>
  );
}

export type TextAreaProps = TextFieldProps & {
  rows?: number;
  /** As high as its text, `rows` at least. */
  grows?: boolean;
};

/** Several lines of text. */
export function TextArea({
  label,
  description,
  error,
  className,
  placeholder,
  mono,
  rows = 5,
  grows,
  ...rest
}: TextAreaProps) {
  const { "data-testid": testId, ...field } = rest;
  return (
    <AriaTextField {...field} isInvalid={rest.isInvalid || Boolean(error)}>
      <Field label={label} description={description} error={error} className={className}>
        <AriaTextArea
          rows={rows}
          placeholder={placeholder}
          data-testid={testId}
          style={grows ? { minHeight: `calc(${rows} * 1.55em + 1.15rem)` } : undefined}
          className={classNames(
            CONTROL,
            "resize-y px-3 py-2",
            grows && "field-sizing-content",
            mono && "font-mono text-[0.9rem]",
          )}
        />
      </Field>
    </AriaTextField>
  );
}

export type { SelectOption };

export interface SelectProps<Value extends string> extends FieldWords {
  options: readonly SelectOption<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  placeholder?: string;
  isDisabled?: boolean;
  "data-testid"?: string;
}

/** One choice of a few. */
export function Select<Value extends string>({
  options,
  value,
  onChange,
  placeholder,
  ...rest
}: SelectProps<Value>) {
  return (
    <AriaSelect
      value={value}
      onChange={(key) => key !== null && onChange(key as Value)}
      placeholder={placeholder ?? "Choose…"}
      isDisabled={rest.isDisabled}
      isInvalid={Boolean(rest.error)}
      data-testid={rest["data-testid"]}
      className={rest.className}
    >
      <Field
        label={rest.label}
        description={rest.description}
        error={rest.error}
        isLabelHidden={rest.isLabelHidden}
      >
        <AriaButton
          className={classNames(CONTROL, "flex h-10 items-center justify-between gap-2 px-3 text-left")}
        >
          <SelectValue className="truncate data-placeholder:text-ink-faint [&_[slot=description]]:hidden [&_svg]:hidden" />
          <ChevronDown aria-hidden size={16} className="shrink-0 text-ink-faint" />
        </AriaButton>
      </Field>
      <SelectOptions options={options} className="w-(--trigger-width)" />
    </AriaSelect>
  );
}

export interface CheckboxProps extends Omit<AriaCheckboxProps, "className" | "children" | "style"> {
  children: ReactNode;
  className?: string;
  "data-testid"?: string;
}

export function Checkbox({ children, className, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox
      {...rest}
      className={classNames(
        "group flex items-start gap-3 rounded-md data-focus-visible:outline-none",
        className,
      )}
    >
      <span
        className={classNames(
          "mt-0.5 grid size-5 shrink-0 place-items-center rounded-[5px] border border-line-strong bg-surface",
          "group-data-selected:border-accent group-data-selected:bg-accent group-data-selected:text-on-accent",
          "group-data-hovered:border-ink-soft group-data-invalid:border-danger transition-colors",
          "group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent",
        )}
      >
        <Check aria-hidden size={14} strokeWidth={3} className="invisible group-data-selected:visible" />
      </span>
      <span>{children}</span>
    </AriaCheckbox>
  );
}
