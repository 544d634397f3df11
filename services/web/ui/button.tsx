import type { ReactNode } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Link as AriaLink,
  type LinkProps as AriaLinkProps,
} from "react-aria-components";
import { classNames } from "./class-names.ts";
import { Spinner } from "./spinner.tsx";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "small" | "medium" | "large";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent border-transparent data-hovered:bg-accent-strong",
  secondary:
    "bg-surface text-ink border-line-strong/60 data-hovered:border-line-strong data-hovered:bg-sunken",
  quiet: "bg-transparent text-ink-soft border-transparent data-hovered:bg-ink/6 data-hovered:text-ink",
  danger: "bg-danger text-on-danger border-transparent data-hovered:bg-danger-strong",
};
const SIZES: Record<ButtonSize, string> = {
  small: "h-8 px-3 text-[0.867rem] gap-1.5 rounded-md",
  medium: "h-10 px-4 gap-2 rounded-lg",
  large: "h-12 px-6 text-[1.067rem] gap-2.5 rounded-lg",
};

function buttonClass(variant: ButtonVariant, size: ButtonSize, className?: string): string {
  return classNames(
    "inline-flex shrink-0 items-center justify-center border font-medium whitespace-nowrap transition-colors",
    "data-pressed:scale-[0.985] data-disabled:opacity-50 select-none no-underline",
    VARIANTS[variant],
    SIZES[size],
    className,
  );
}

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "children" | "style"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  className?: string;
  children: ReactNode;
  "data-testid"?: string;
}

/** `isPending` keeps the label for screen readers, shows a spinner and ignores presses. */
export function Button({
  variant = "secondary",
  size = "medium",
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton {...rest} className={buttonClass(variant, size, className)}>
      {rest.isPending ? <Spinner /> : null}
      {children}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children"> {
  /** What the button does: its accessible name and tooltip. */
  label: string;
  children: ReactNode;
}

/** A square button that shows only an icon. */
export function IconButton({
  label,
  size = "medium",
  variant = "quiet",
  className,
  ...rest
}: IconButtonProps) {
  const square = { small: "w-8", medium: "w-10", large: "w-12" }[size];
  return (
    <Button
      {...rest}
      aria-label={label}
      size={size}
      variant={variant}
      className={classNames("px-0!", square, className)}
    />
  );
}

export interface LinkButtonProps extends Omit<AriaLinkProps, "className" | "children" | "style"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  className?: string;
  children: ReactNode;
  "data-testid"?: string;
}

/** A link that looks like a button. Own addresses are followed by the router, without a page load. */
export function LinkButton({ variant = "secondary", size = "medium", className, ...rest }: LinkButtonProps) {
  return <AriaLink {...rest} className={buttonClass(variant, size, className)} />;
}

export interface TextLinkProps extends Omit<AriaLinkProps, "className" | "style"> {
  className?: string;
}

/** A link inside text. */
export function TextLink({ className, ...rest }: TextLinkProps) {
  return (
    <AriaLink
      {...rest}
      className={classNames(
        "rounded-sm text-accent underline decoration-accent-line underline-offset-3 data-hovered:decoration-current",
        className,
      )}
    />
  );
}
