export { Testimonial } from './testimonial.tsx'
export { TestimonialWall } from './testimonial-wall.tsx'
