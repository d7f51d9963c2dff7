import { SOUND } from './policy.ts';

type Capturable = HTMLVideoElement & { captureStream?: () => MediaStream };
export type SoundEvent = 'audio_device_lost' | 'audio_silent' | 'audio_back';

/**
 * Measures a copy of the audio, never the audio that plays, so that a meter that fails
 * can never make the hall silent.
 */
export class Sound {
  readonly #onEvent: (event: SoundEvent, detail: string) => void;
  #context: AudioContext | null = null;
  #analyser: AnalyserNode | null = null;
  #node: MediaStreamAudioSourceNode | null = null;
  #stream: MediaStream | null = null;
  #video: Capturable | null = null;
  #sinkId: string | null = null;
  #volume = 1;
  #deviceLost = false;
  #silentSince: number | null = null;
  /** Since when the element plays; null while it does not. */
  #playingSince: number | null = null;
  #silenceReported = false;
  #peak: number | null = null;
  #samples = new Float32Array(2048);
  #timer: ReturnType<typeof setInterval> | null = null;
  #deviceTimer: ReturnType<typeof setInterval> | null = null;

  constructor(onEvent: (event: SoundEvent, detail: string) => void) {
    this.#onEvent = onEvent;
  }

  start(): void {
    this.#timer = setInterval(() => this.#measure(), SOUND.sampleMs);
    this.#deviceTimer = setInterval(() => void this.#checkDevice(), SOUND.devicePollMs);
    navigator.mediaDevices?.addEventListener('devicechange', this.#onDeviceChange);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    if (this.#deviceTimer) clearInterval(this.#deviceTimer);
    navigator.mediaDevices?.removeEventListener('devicechange', this.#onDeviceChange);
    this.#detach();
    void this.#context?.close().catch(() => undefined);
    this.#context = null;
  }

  /** Loudest moment since the last call, root mean square 0..1; null when not measured. */
  takeLevel(): number | null {
    const level = this.#peak;
    this.#peak = null;
    return level;
  }

  /** An element that may play later: its output is chosen before it is heard. */
  async prepare(video: HTMLVideoElement): Promise<void> {
    video.volume = this.#volume;
    if (this.#sinkId && !this.#deviceLost) await applySink(video, this.#sinkId);
  }

  /** Follows another element (the player changed decks). */
  async attachTo(video: HTMLVideoElement): Promise<void> {
    this.#detach();
    this.#video = video;
    video.volume = this.#volume;
    if (this.#sinkId !== null) await applySink(video, this.#sinkId);
  }

  /** 0 to 1, of the element that plays and of those to come. */
  setVolume(volume: number): void {
    this.#volume = volume;
    if (this.#video) this.#video.volume = volume;
  }

  /** Chooses the output; null means the system's default. False when the device is not there. */
  async setSink(deviceId: string | null): Promise<boolean> {
    this.#sinkId = deviceId;
    const applied = this.#video ? await applySink(this.#video, deviceId ?? '') : true;
    this.#deviceLost = !applied;
    return applied;
  }

  readonly #onDeviceChange = (): void => void this.#checkDevice();

  /** A chosen device that is gone: sound goes to the default meanwhile; when it is back it is taken again. */
  async #checkDevice(): Promise<void> {
    const { mediaDevices } = navigator;
    if (!mediaDevices) return;
    const outputs = (await mediaDevices.enumerateDevices().catch(() => [])).filter((d) => d.kind === 'audiooutput');
    const wanted = this.#sinkId;
    const present = wanted === null || wanted === '' ? outputs.length > 0 : outputs.some((d) => d.deviceId === wanted);
    // Without any device from the start (a PC without a sound card) there is nothing to lose.
    if (!present && !this.#deviceLost && (wanted || this.#hadDevice)) {
      this.#deviceLost = true;
      this.#onEvent('audio_device_lost', wanted ?? 'default');
      if (wanted && this.#video) await applySink(this.#video, '');
    } else if (present && this.#deviceLost) {
      this.#deviceLost = false;
      if (wanted && this.#video) await applySink(this.#video, wanted);
      this.#onEvent('audio_back', 'device');
    }
    this.#hadDevice = outputs.length > 0;
  }
  #hadDevice = false;

  #measure(): void {
    const video = this.#video;
    if (!video || video.paused || video.readyState < 3) {
      this.#silentSince = this.#playingSince = null;
      return;
    }
    // Setting up a meter costs the first frame a tenth of a second.
    this.#playingSince ??= performance.now();
    if (!this.#analyser && performance.now() - this.#playingSince < SOUND.meterAfterMs) return;
    // A new media source inside the same element ends the captured track.
    if (this.#stream?.getAudioTracks().every((track) => track.readyState === 'ended')) this.#detach();
    if (!this.#analyser && !this.#attach(video)) return;
    this.#analyser!.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    const level = Math.sqrt(sum / this.#samples.length);
    if (this.#context?.state !== 'running') {
      void this.#context?.resume().catch(() => undefined);
      return;
    }
    this.#peak = Math.max(this.#peak ?? 0, level);
    const now = performance.now();
    if (level > SOUND.silenceLevel) {
      if (this.#silenceReported) this.#onEvent('audio_back', 'level');
      this.#silenceReported = false;
      this.#silentSince = null;
      return;
    }
    this.#silentSince ??= now;
    if (!this.#silenceReported && now - this.#silentSince >= SOUND.silentMs) {
      this.#silenceReported = true;
      this.#onEvent('audio_silent', `${SOUND.silentMs / 1000} s`);
    }
  }

  #attach(video: Capturable): boolean {
    if (!video.captureStream) return false;
    try {
      const stream = video.captureStream();
      // Only the sound is wanted; a captured picture would be copied frame by frame.
      for (const track of stream.getVideoTracks()) {
        track.stop();
        stream.removeTrack(track);
      }
      if (stream.getAudioTracks().length === 0) return false;
      this.#context ??= new AudioContext({ latencyHint: 'playback' });
      this.#stream = stream;
      this.#node = this.#context.createMediaStreamSource(stream);
      this.#analyser = this.#context.createAnalyser();
      this.#analyser.fftSize = this.#samples.length;
      this.#node.connect(this.#analyser);
      return true;
    } catch {
      this.#detach();
      return false;
    }
  }

  #detach(): void {
    this.#node?.disconnect();
    this.#analyser?.disconnect();
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#node = this.#analyser = this.#stream = null;
    this.#silentSince = null;
  }
}

async function applySink(video: HTMLVideoElement, deviceId: string): Promise<boolean> {
  if (typeof video.setSinkId !== 'function') return deviceId === '';
  try {
    await video.setSinkId(deviceId);
    return true;
  } catch {
    return false;
  }
}
