/**
 * Preloaded into Portkey's gateway. Its server library replaces the global `Response` by one that lends out the headers of
 * what it is made from, which are immutable for answers of `fetch`; version 1.15.2 as it is published then fails on every
 * stream that it passes on unchanged. With Node's own `Response` it works.
 */
const define = Object.defineProperty;
Object.defineProperty = ((target: object, name: PropertyKey, descriptor: PropertyDescriptor) =>
  target === globalThis && name === "Response"
    ? target
    : define(target, name, descriptor)) as typeof Object.defineProperty;
