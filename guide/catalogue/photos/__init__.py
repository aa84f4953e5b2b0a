"""Photos: whatever a telephone or a camera gives, turned into pictures that tell nothing but what is seen on them."""
