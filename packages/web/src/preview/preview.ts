// What nobody has approved yet runs as what a tenant does not trust: in the frame that the host brings.
import '@plexica/host/frame/page'
