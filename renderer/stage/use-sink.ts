import { useEffect, useState } from 'react';
import type { StageView } from '../../electron/contract/api.ts';

/**
 * The output device to use: the chosen one by id, else by name, because ids differ between windows and change with
 * the port. Looked up again whenever a device comes or goes. Null is the standard output.
 */
export function useSink(sound: Pick<StageView['sound'], 'deviceId' | 'deviceLabel'>): string | null {
  const { deviceId, deviceLabel } = sound;
  const [sink, setSink] = useState<string | null>(null);
  useEffect(() => {
    if (!deviceId) return;
    let wanted = true;
    const refresh = (): void => {
      void navigator.mediaDevices.enumerateDevices().then((devices) => {
        if (wanted) setSink(findSink(devices, deviceId, deviceLabel));
      });
    };
    refresh();
    navigator.mediaDevices.addEventListener('devicechange', refresh);
    return () => {
      wanted = false;
      navigator.mediaDevices.removeEventListener('devicechange', refresh);
    };
  }, [deviceId, deviceLabel]);
  return deviceId ? sink : null;
}

/** The id of the chosen output among those present; when it is not there its old id, so that the player can say that it is lost. */
export function findSink(
  devices: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>[],
  deviceId: string,
  label: string | null,
): string {
  const outputs = devices.filter((device) => device.kind === 'audiooutput');
  const same =
    outputs.find((device) => device.deviceId === deviceId) ?? outputs.find((device) => label && device.label === label);
  return same?.deviceId || deviceId;
}
