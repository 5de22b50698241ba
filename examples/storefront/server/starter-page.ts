import type { Data } from '@puckeditor/core'

/** With what the shop begins. A plugin's block is named `pluginId/Component`. */
export const starterPage: Data = {
  root: { props: {} },
  content: [
    {
      type: 'Hero',
      props: {
        id: 'hero-1',
        eyebrow: 'New in the harbor',
        title: 'Things that stay',
        text: 'Wool, oak and stoneware from people we know by name. Made slowly, sent quickly.',
        action: 'See what is new',
      },
    },
    { type: 'Goods', props: { id: 'goods-1', heading: 'Fresh off the boat', count: 4 } },
    {
      type: 'testimonial-block/TestimonialWall',
      props: {
        id: 'wall-1',
        heading: 'What our customers say',
        introduction: '',
        columns: 3,
        layout: 'masonry',
        alignment: 'start',
        showStars: true,
        accent: '#1c5f4d',
        quotes: [
          {
            quote: 'The blanket came on Tuesday. The cat has **not left it** since.',
            author: 'Marit Solberg',
            role: 'Bergen',
            stars: 5,
            photo: '',
          },
          {
            quote: 'Heavy mugs, warm hands. We ordered four more.',
            author: 'Jonas Weber',
            role: 'Hamburg',
            stars: 4.5,
            photo: '',
          },
          {
            quote: 'A shelf with a story: ours was a pier in Brittany.',
            author: 'Inès Caron',
            role: 'Lyon',
            stars: 5,
            photo: '',
          },
        ],
      },
    },
    {
      type: 'Words',
      props: {
        id: 'words-1',
        heading: 'From the harbor to your table',
        text: 'Harbor & Pine began with one boat and forty blankets. Today nine workshops along the coast send us what they make, and we send it on to you.\n\nEverything can be repaired. Send it back when it is worn, and we mend it.',
      },
    },
  ],
  zones: {},
}
