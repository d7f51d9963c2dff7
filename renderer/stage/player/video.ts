/** Whether this PC decodes a codec of sound. */
export function canPlaySound(codec: string): boolean {
  if (codec === 'mp3') return MediaSource.isTypeSupported('audio/mpeg');
  return MediaSource.isTypeSupported(`audio/mp4; codecs="${codec}"`);
}

/** A media element that fills its container and shows nothing of its own: no controls, no picture in picture. */
export function createVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.playsInline = true;
  video.preload = 'auto';
  video.disablePictureInPicture = true;
  video.controls = false;
  video.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;object-fit:contain;background:#000;z-index:0';
  return video;
}
