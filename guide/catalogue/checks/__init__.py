"""What staff should know about their catalogue before others see it: one file a subject, one function a question."""
