import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** What comes next in the same place. Its heading takes the focus, so that a reader says so. */
export function Step(props: {
  readonly name: string;
  readonly heading: string;
  readonly children: ComponentChildren;
}) {
  const { name, heading, children } = props;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <section class="panel" data-panel={name}>
      <h2 ref={title} tabIndex={-1}>
        {heading}
      </h2>
      {children}
    </section>
  );
}
