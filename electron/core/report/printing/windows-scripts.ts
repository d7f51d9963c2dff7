/** Scripts for PowerShell 5.1. What differs from one run to the next comes by the environment, never inside the text. */

/** Exit status of the scripts: no printer of that name. */
export const NO_SUCH_PRINTER = 3;

const BEGIN = `$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [System.Text.Encoding]::UTF8`;

export const LIST_PRINTERS = `${BEGIN}
Get-CimInstance Win32_Printer | Select-Object Name, Default, WorkOffline, DetectedErrorState, PrinterState | ConvertTo-Json -Compress`;

export const SHOW_JOB = `${BEGIN}
Get-PrintJob -PrinterName $env:KIOSK_PRINTER | Where-Object { $_.DocumentName -eq $env:KIOSK_TITLE } |
  Select-Object @{ Name = 'JobStatus'; Expression = { [string]$_.JobStatus } } | ConvertTo-Json -Compress`;

export const CANCEL_JOB = `${BEGIN}
Get-PrintJob -PrinterName $env:KIOSK_PRINTER | Where-Object { $_.DocumentName -eq $env:KIOSK_TITLE } | Remove-PrintJob`;

/** Reads the PDF (base64) from standard input, draws each page at 300 dots per inch and prints it without a dialog. */
export const PRINT_PDF = `${BEGIN}
Add-Type -AssemblyName System.Drawing
Add-Type -AssemblyName System.Runtime.WindowsRuntime
[void][Windows.Data.Pdf.PdfDocument, Windows.Data.Pdf, ContentType = WindowsRuntime]
[void][Windows.Storage.Streams.InMemoryRandomAccessStream, Windows.Storage.Streams, ContentType = WindowsRuntime]
$extensions = [System.WindowsRuntimeSystemExtensions].GetMethods() | Where-Object { $_.Name -eq 'AsTask' -and $_.GetParameters().Count -eq 1 }
$operation = @($extensions | Where-Object { $_.GetParameters()[0].ParameterType.Name -eq 'IAsyncOperation\`1' })[0]
$action = @($extensions | Where-Object { $_.GetParameters()[0].ParameterType.Name -eq 'IAsyncAction' })[0]
function Wait-For($started, $type) { $task = $operation.MakeGenericMethod($type).Invoke($null, @($started)); $task.Wait(); $task.Result }
$bytes = [Convert]::FromBase64String([Console]::In.ReadToEnd())
$memory = New-Object Windows.Storage.Streams.InMemoryRandomAccessStream
$stream = [System.IO.WindowsRuntimeStreamExtensions]::AsStream($memory)
$stream.Write($bytes, 0, $bytes.Length)
$stream.Flush()
$memory.Seek(0)
$pdf = Wait-For ([Windows.Data.Pdf.PdfDocument]::LoadFromStreamAsync($memory)) ([Windows.Data.Pdf.PdfDocument])
$paper = New-Object System.Drawing.Printing.PrintDocument
$paper.PrinterSettings.PrinterName = $env:KIOSK_PRINTER
if (-not $paper.PrinterSettings.IsValid) { exit ${NO_SUCH_PRINTER} }
$paper.PrinterSettings.Copies = [int16]$env:KIOSK_COPIES
$paper.DocumentName = $env:KIOSK_TITLE
$paper.PrintController = New-Object System.Drawing.Printing.StandardPrintController
$a4 = $paper.PrinterSettings.PaperSizes | Where-Object { $_.Kind -eq [System.Drawing.Printing.PaperKind]::A4 } | Select-Object -First 1
if ($a4) { $paper.DefaultPageSettings.PaperSize = $a4 }
$script:number = [uint32]0
$paper.add_PrintPage({
  param($sender, $event)
  $page = $pdf.GetPage($script:number)
  $options = New-Object Windows.Data.Pdf.PdfPageRenderOptions
  $options.DestinationWidth = [uint32]($page.Size.Width / 96 * 300)
  $drawn = New-Object Windows.Storage.Streams.InMemoryRandomAccessStream
  $action.Invoke($null, @($page.RenderToStreamAsync($drawn, $options))).Wait()
  $image = [System.Drawing.Image]::FromStream([System.IO.WindowsRuntimeStreamExtensions]::AsStream($drawn))
  # Sizes are in hundredths of an inch, from the edge of what the printer can print on.
  $left = -$event.PageSettings.HardMarginX
  $top = -$event.PageSettings.HardMarginY
  $event.Graphics.DrawImage($image, [single]$left, [single]$top, [single]($page.Size.Width / 96 * 100), [single]($page.Size.Height / 96 * 100))
  $image.Dispose()
  $page.Dispose()
  $script:number += 1
  $event.HasMorePages = $script:number -lt $pdf.PageCount
})
$paper.Print()`;
