import { useEffect, useState } from 'preact/hooks';
import type { CameraControls } from '../capture/camera-controls.ts';
import { words } from '../i18n/index.ts';

/** Torch and zoom, where the camera has them. */
export function CameraTools({ torch, zoom }: CameraControls) {
  const { scan } = words.value;
  const [lit, setLit] = useState(false);
  useEffect(() => setLit(false), [torch]);
  return (
    <div class="tools">
      {torch && (
        <button
          type="button"
          aria-pressed={lit}
          onClick={() => {
            setLit(!lit);
            void torch.set(!lit);
          }}
        >
          {scan.torch}
        </button>
      )}
      {zoom && (
        <input
          type="range"
          aria-label={scan.zoom}
          min={zoom.min}
          max={zoom.max}
          step={zoom.step}
          defaultValue={String(zoom.min)}
          onInput={({ currentTarget }) => void zoom.set(currentTarget.valueAsNumber)}
        />
      )}
    </div>
  );
}
